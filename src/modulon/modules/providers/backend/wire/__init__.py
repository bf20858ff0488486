"""Wire formats, one file each, and what they share. Each implements the extension point `ModelProvider`."""
