"""What nations allow in a case: landing and overflight of aircraft, passage of ships."""
