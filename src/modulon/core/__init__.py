"""The core: it implements the contract and knows no feature."""
