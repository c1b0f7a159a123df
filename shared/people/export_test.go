package people

// Hearing reports whether changes are known to be heard; they may be a moment before.
func (d *Directory) Hearing() bool {
	_, hearing := d.following.Period()
	return hearing
}
