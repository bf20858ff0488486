"""Chat completions: bytes pass through where formats agree, with usage read on the way."""
