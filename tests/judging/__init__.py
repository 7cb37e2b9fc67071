"""What votes say, against libraries that say the same another way."""
