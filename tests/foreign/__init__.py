"""A module from elsewhere, loaded through the same door as ours."""
