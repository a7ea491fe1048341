"""What people are told: sent by each channel, shown on the site, gathered into a daily mail."""
