package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// Kind says whose key a data key is.
type Kind string

// The kinds of subjects.
const (
	KindChild     Kind = "child"
	KindHousehold Kind = "household"
	KindCompanion Kind = "companion"
	KindConcern   Kind = "concern"
	KindReporter  Kind = "reporter" // who raised a concern, apart from it
)

// Act is what a key is handed out for.
type Act string

// The acts.
const (
	Read  Act = "read"
	Write Act = "write"
)

// Basis is on what grounds a key is handed out.
type Basis string

// The grounds.
const (
	BasisCase      Basis = "case"      // the officer has the case
	BasisPurpose   Basis = "purpose"   // a purpose that another person approved
	BasisEmergency Basis = "emergency" // an hour for one child, told to others
	BasisGuardian  Basis = "guardian"  // the child's guardian, by her link
	BasisVetting   Basis = "vetting"   // of a companion parent, by who vets
	BasisPairing   Basis = "pairing"   // the companion parent, and who supervises
	BasisConcern   Basis = "concern"   // a concern: the duty to report (ADR 74)
	BasisHelper    Basis = "helper"    // of a family, by its helper while the case runs
	BasisDecision  Basis = "decision"  // of a family, by who decides on a plan that waits
	BasisExport    Basis = "export"    // a list that leaves the house, see ChildExport
)

// Ground is a basis and, where there is one, what it rests on.
type Ground struct {
	Basis   Basis
	BasisID string // of the purpose, the link; empty for a case
}

// Opening is a line of the vault's record (查看记录): somebody had a subject's key.
// 《未成年人网络保护条例》 art. 36 asks for it: access by least right, recorded.
type Opening struct {
	ID        string
	SubjectID string
	PersonID  string // as teams knows them; empty: the holder of a link of the family's
	Act       Act
	Ground
	What string // which page or file: see What constants of app
	At   time.Time
}

// What can be wrong with reading.
var (
	ErrNoGround = apperr.New(apperr.Forbidden, "no_ground",
		"这份档案不在您负责的个案里。请先申请查看事由，由另一位负责人批准；情况紧急时可以紧急查看一小时。",
		"This record is not one of your cases. Please ask for a purpose, which another officer approves; in an emergency you can open it for an hour.")
	ErrErased = apperr.New(apperr.NotFound, "record_erased", "这份档案已经按要求清除，内容不能再读。", "This record was erased on request and cannot be read any more.")
)
