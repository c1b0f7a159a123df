package tasksv1

import "time"

// ShiftChanged says that a published shift was moved, got other seats, was called
// off, or was paused or resumed.
type ShiftChanged struct {
	ShiftID  string    `json:"shift_id"`
	TaskID   string    `json:"task_id"`
	State    string    `json:"state"` // open | paused | cancelled
	StartsAt time.Time `json:"starts_at"`
	EndsAt   time.Time `json:"ends_at"`
	Capacity int       `json:"capacity"`
	Version  int64     `json:"version"`
}

// Subject is where this event is published.
func (ShiftChanged) Subject() string { return "tasks.v1.shift.changed" }

// Aggregate returns the shift's id and version.
func (e ShiftChanged) Aggregate() (string, int64) { return "shift/" + e.ShiftID, e.Version }
