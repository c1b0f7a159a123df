package domain

// Verification says how well an attendance is proved. The letters are for
// code and officers; a volunteer reads Proof's words, never a letter.
type Verification string

// The grades (docs/check-in.md).
const (
	VerificationA Verification = "A" // a live code, seen online, at both ends, and the leader's confirmation
	VerificationB Verification = "B" // a code at one end, or the leader's tap during the shift
	VerificationC Verification = "C" // entered by the leader afterwards
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

// Verify derives the grade from how the two ends were proved, and from
// nothing else: the same facts always give the same grade.
func Verify(in, out Method) Verification {
	switch {
	case in.code() && out.code():
		return VerificationA
	case in.onSite() || out.onSite():
		return VerificationB
	case in == MethodOwn || out == MethodOwn:
		return VerificationD
	default:
		return VerificationC
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

func (m Method) code() bool   { return m == MethodLink || m == MethodDigits }
func (m Method) onSite() bool { return m.code() || m == MethodTap }
