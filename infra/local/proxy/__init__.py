"""The front proxy: one port on loopback that does what CloudFront, its functions and API Gateway's limits do."""
