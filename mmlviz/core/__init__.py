"""The frame that every lab stands in. No Qt here."""
