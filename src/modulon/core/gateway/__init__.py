"""The gateway: every request passes here once. Identity, policy, routing, errors, headers."""
