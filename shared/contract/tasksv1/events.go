// Package tasksv1 is what the tasks service tells the others, version 1.
//
// Events carry people only as ids, and never where somebody was or from which
// device. Every event carries its aggregate's version.
package tasksv1

import "time"

// Stream is the JetStream stream that holds these events.
const Stream = "TASKS"

// ProgrammeChanged says what a city-wide line of work is called.
type ProgrammeChanged struct {
	ProgrammeID string `json:"programme_id"`
	Name        string `json:"name"`
	Retired     bool   `json:"retired,omitempty"` // takes no new tasks
	Version     int64  `json:"version"`
}

// Subject is where this event is published.
func (ProgrammeChanged) Subject() string { return "tasks.v1.programme.changed" }

// Aggregate returns the programme's id and version.
func (e ProgrammeChanged) Aggregate() (string, int64) { return "programme/" + e.ProgrammeID, e.Version }

// TaskPublished says that a task is open for signing up.
type TaskPublished struct {
	TaskID      string    `json:"task_id"`
	TeamID      string    `json:"team_id"`
	ProgrammeID string    `json:"programme_id"`
	Title       string    `json:"title"`
	PublishedAt time.Time `json:"published_at"`
	PublishedBy string    `json:"published_by,omitempty"` // whoever posted it; empty in events of earlier releases
	Version     int64     `json:"version"`
}

// Subject is where this event is published.
func (TaskPublished) Subject() string { return "tasks.v1.task.published" }

// Aggregate returns the task's id and version.
func (e TaskPublished) Aggregate() (string, int64) { return "task/" + e.TaskID, e.Version }

// SignUpChanged says where a volunteer's sign-up for a shift stands.
type SignUpChanged struct {
	SignUpID    string `json:"sign_up_id"`
	ShiftID     string `json:"shift_id"`
	VolunteerID string `json:"volunteer_id"`
	State       string `json:"state"` // confirmed | waitlisted | offered | declined | withdrawn | no_show
	Version     int64  `json:"version"`
}

// Subject is where this event is published.
func (SignUpChanged) Subject() string { return "tasks.v1.sign-up.changed" }

// Aggregate returns the sign-up's id and version.
func (e SignUpChanged) Aggregate() (string, int64) { return "sign-up/" + e.SignUpID, e.Version }

// AttendanceChanged says that somebody checked in or out, was entered
// afterwards, or that a check-in was taken back; hours do not follow from it.
type AttendanceChanged struct {
	AttendanceID string    `json:"attendance_id"`
	ShiftID      string    `json:"shift_id"`
	VolunteerID  string    `json:"volunteer_id"`
	State        string    `json:"state"` // open | unconfirmed | declared | closed | undone
	At           time.Time `json:"at"`
	Version      int64     `json:"version"`
}

// Subject is where this event is published.
func (AttendanceChanged) Subject() string { return "tasks.v1.attendance.changed" }

// Aggregate returns the attendance's id and version.
func (e AttendanceChanged) Aggregate() (string, int64) {
	return "attendance/" + e.AttendanceID, e.Version
}

// AttendanceConfirmed says that a person other than the volunteer has
// confirmed the service. It carries all that the hours service needs to credit
// it, frozen at this moment.
type AttendanceConfirmed struct {
	AttendanceID  string    `json:"attendance_id"`
	ShiftID       string    `json:"shift_id"`
	TaskID        string    `json:"task_id"`
	TaskTitle     string    `json:"task_title"`
	TeamID        string    `json:"team_id"`
	RegionPath    string    `json:"region_path"`
	ReportingUnit string    `json:"reporting_unit"`
	ProgrammeID   string    `json:"programme_id"`
	Kind          string    `json:"kind,omitempty"` // service | training; missing in events of earlier releases: service
	VolunteerID   string    `json:"volunteer_id"`
	Verification  string    `json:"verification"` // A | B | C | D
	From          time.Time `json:"from"`         // the credited interval, after early arrival was cut
	To            time.Time `json:"to"`
	Minutes       int       `json:"minutes"` // whole minutes; a begun one does not count
	ConfirmedBy   string    `json:"confirmed_by"`
	ConfirmedAt   time.Time `json:"confirmed_at"`
	Version       int64     `json:"version"`
}

// Subject is where this event is published.
func (AttendanceConfirmed) Subject() string { return "tasks.v1.attendance.confirmed" }

// Aggregate returns the attendance's id and version.
func (e AttendanceConfirmed) Aggregate() (string, int64) {
	return "attendance/" + e.AttendanceID, e.Version
}

// ShiftConfirmed says that a shift's roster is done, and how many people were served (服务人次).
type ShiftConfirmed struct {
	ShiftID      string    `json:"shift_id"`
	TaskID       string    `json:"task_id"`
	TeamID       string    `json:"team_id"`
	Kind         string    `json:"kind,omitempty"` // service | training; missing in events of earlier releases: service
	PeopleServed int       `json:"people_served"`  // of a training 参训人次: those who are not on the roster
	Confirmed    int       `json:"confirmed"`
	Rejected     int       `json:"rejected"`
	ConfirmedAt  time.Time `json:"confirmed_at"`

	// What reports ask for; missing in events of earlier releases.
	TaskTitle     string    `json:"task_title,omitempty"`
	ProgrammeID   string    `json:"programme_id,omitempty"`
	RegionPath    string    `json:"region_path,omitempty"` // of the team that posted it
	ReportingUnit string    `json:"reporting_unit,omitempty"`
	StartsAt      time.Time `json:"starts_at,omitzero"`

	Version int64 `json:"version"`
}

// Subject is where this event is published.
func (ShiftConfirmed) Subject() string { return "tasks.v1.shift.confirmed" }

// Aggregate returns the shift's id and version.
func (e ShiftConfirmed) Aggregate() (string, int64) { return "shift/" + e.ShiftID, e.Version }

// AnomalyDecided says how a thing to verify was decided by a person. An upheld
// one asks for a correction of the hours that followed from the attendances;
// nothing is corrected by it alone.
type AnomalyDecided struct {
	AnomalyID     string    `json:"anomaly_id"`
	Rule          string    `json:"rule"`  // overlap | hours | travel | codes_apart | device | round; empty where it would tell of somebody's place
	State         string    `json:"state"` // upheld | dismissed
	VolunteerID   string    `json:"volunteer_id"`
	AttendanceIDs []string  `json:"attendance_ids"`
	DecidedBy     string    `json:"decided_by"`
	DecidedAt     time.Time `json:"decided_at"`
	Version       int64     `json:"version"`
}

// Subject is where this event is published.
func (AnomalyDecided) Subject() string { return "tasks.v1.anomaly.decided" }

// Aggregate returns the anomaly's id and version.
func (e AnomalyDecided) Aggregate() (string, int64) { return "anomaly/" + e.AnomalyID, e.Version }
