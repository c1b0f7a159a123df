package tasksv1

import "time"

// TrainingCompleted says that somebody has attended as many confirmed sessions
// of a class as it takes, and holds a certificate of attendance. It is told once
// for each certificate. Teams writes the training down, and gives the
// qualification that the class grants.
type TrainingCompleted struct {
	CertificateID string    `json:"certificate_id"`
	Number        string    `json:"number"` // of the certificate; whoever knows it sees a masked name
	TaskID        string    `json:"task_id"`
	TaskTitle     string    `json:"task_title"`
	TeamID        string    `json:"team_id"`
	VolunteerID   string    `json:"volunteer_id"`
	Sessions      int       `json:"sessions"`
	Minutes       int       `json:"minutes"`
	CompletedOn   string    `json:"completed_on"`         // the day of the last session: 2026-11-26
	Grants        string    `json:"grants,omitempty"`     // a code of teams' list of papers; missing: no qualification
	Months        int       `json:"months,omitempty"`     // how long it is good; missing: as the list has it
	GrantedBy     string    `json:"granted_by,omitempty"` // the administrator who set what the class grants
	CompletedAt   time.Time `json:"completed_at"`
}

// Subject is where this event is published.
func (TrainingCompleted) Subject() string { return "tasks.v1.training.completed" }

// Aggregate returns the certificate's id; it never changes.
func (e TrainingCompleted) Aggregate() (string, int64) { return "certificate/" + e.CertificateID, 1 }
