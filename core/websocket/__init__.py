"""The websocket `/ws/stream/`: who may open it, what a client may say, and what it is sent."""
