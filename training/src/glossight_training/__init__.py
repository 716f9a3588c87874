"""Offline build of Glossight's sentence encoder and of the vectors it is tested against."""
