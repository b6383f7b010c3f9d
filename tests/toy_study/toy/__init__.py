"""How long does the report take on average? The smallest study there can be."""
