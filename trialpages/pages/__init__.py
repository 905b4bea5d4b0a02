"""What a visitor sees: prose, views, figures, pages and exports. Knows no disk and no clock."""
