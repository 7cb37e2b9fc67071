"""The panel's face: what the browser is told, the widget behind it, the saved picture."""
