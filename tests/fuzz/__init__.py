"""Requests that nobody wrote by hand, made from the OpenAPI document and followed from answer to answer."""
