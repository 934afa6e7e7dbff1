"""Small views that the screens are made of."""
