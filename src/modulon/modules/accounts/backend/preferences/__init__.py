"""How the interface looks, speaks and listens for one person."""
