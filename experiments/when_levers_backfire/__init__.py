"""When do levers backfire: hours without staff, outreach without places, a promise cut."""
