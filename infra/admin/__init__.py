"""The operator's tool: admins, roles and mentors' applications, in any stage."""
