"""The alert chain as a user of each library would write it, as fast as that user would know to make it."""
