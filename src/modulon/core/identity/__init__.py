"""People, credentials and workspaces: `Authority` lives as long as the process, `IdentityService` as a request."""
