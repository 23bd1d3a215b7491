"""The websocket `/ws/stream/`: who may open it, what a client may send, and what it is sent."""
