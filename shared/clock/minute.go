package clock

import "time"

// Minute writes an instant as files and papers have it: 2026-11-24 14:05 in the city;
// nothing for none.
func Minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(City).Format("2006-01-02 15:04")
}
