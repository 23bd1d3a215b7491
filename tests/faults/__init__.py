"""Parts killed and stores that fail, while people trade, set alerts and are told: nothing is lost or done twice."""
