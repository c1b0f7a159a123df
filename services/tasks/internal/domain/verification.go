package domain

import "time"

// Verification says how well an attendance is proved. The letters are for
// code and officers; a volunteer reads Proof's words, never a letter.
type Verification string

// The grades (docs/check-in.md).
const (
	VerificationA Verification = "A" // a live code, seen online, at both ends, and the leader's confirmation
	VerificationB Verification = "B" // a code without network, at one end or far from the place; or the leader's tap or card scan during the shift
	VerificationC Verification = "C" // entered by the leader afterwards, or from paper
	VerificationD Verification = "D" // claimed by the volunteer, confirmed afterwards
)

// Proof is a grade as people read it.
type Proof string

// The proofs.
const (
	ProofScanned      Proof = "scanned"       // 扫码核实
	ProofOnSite       Proof = "on_site"       // 现场核实
	ProofEnteredLater Proof = "entered_later" // 事后补录
	ProofOwnWord      Proof = "own_word"      // 本人申报
)

// leaving is how long after its end people still come by to be ticked off: a
// leader's tap until then is one during the shift.
const leaving = 30 * time.Minute

// End is one end of an attendance: how it was proved, when, and whether the
// person's phone said then that it was far from the place (away.go).
type End struct {
	Method Method
	At     time.Time
	Away   bool
}

// Verify derives the grade from how and when the two ends were proved, and
// from nothing else: the same facts always give the same grade.
func (s Shift) Verify(in, out End) Verification {
	switch {
	case in.Method.liveCode() && out.Method.liveCode() && !in.Away && !out.Away:
		return VerificationA
	case s.onSite(in) || s.onSite(out):
		return VerificationB
	case in.Method == MethodOwn || out.Method == MethodOwn:
		return VerificationD
	default:
		return VerificationC
	}
}

// ProofOf returns the words' key for an attendance as it stands: while it is
// open, for what the way in has proved so far.
func (s Shift) ProofOf(a Attendance) Proof {
	switch a.State {
	case AttendanceOpen, AttendanceUnconfirmed:
		return s.Verify(a.in(), a.in()).Proof()
	case AttendanceConfirmed:
		return a.Verification.Proof()
	default:
		return s.Verify(a.in(), a.out()).Proof()
	}
}

// onSite reports whether an end was seen where and when it happened: by a code,
// which nobody can show before its step, or by the leader during the shift.
func (s Shift) onSite(e End) bool {
	switch e.Method {
	case MethodLink, MethodDigits, MethodLinkOffline:
		return true
	case MethodTap, MethodCard, MethodTapOffline, MethodCardOffline:
		return !e.At.After(s.EndsAt.Add(leaving))
	default:
		return false
	}
}

// Proof returns the words' key for the grade.
func (v Verification) Proof() Proof {
	switch v {
	case VerificationA:
		return ProofScanned
	case VerificationB:
		return ProofOnSite
	case VerificationC:
		return ProofEnteredLater
	default:
		return ProofOwnWord
	}
}

func (m Method) liveCode() bool { return m == MethodLink || m == MethodDigits }
