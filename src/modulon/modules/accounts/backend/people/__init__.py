"""Everyone's accounts: invitations, new passwords, suspension, deletion."""
