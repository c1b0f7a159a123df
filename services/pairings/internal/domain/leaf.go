package domain

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/qihe-volunteers/qihe/shared/id"
)

// leafVersion is the first byte of a leaf. Another encoding is another version;
// leaves that were written stay as they are.
const leafVersion = 1

// The words of a leaf, by the number that stands for each. Only ever append.
var (
	leafActs  = []Act{Read, Write}
	leafBases = []Basis{BasisCase, BasisPurpose, BasisEmergency, BasisGuardian, BasisVetting, BasisPairing, BasisConcern, BasisHelper, BasisDecision, BasisExport}
)

// Leaf returns an opening as the transparency log has it at an index: a version
// byte; the index; the ids of opening, subject and person (zeros: none); one byte
// for the act and one for the basis; what the basis rests on (zeros: nothing); the
// instant in microseconds since 1970; and what was opened. Numbers are big-endian.
// Ids say nothing of who somebody is. It returns an error for a word that has no number.
func (o Opening) Leaf(index int64) ([]byte, error) {
	act, basis := slices.Index(leafActs, o.Act), slices.Index(leafBases, o.Basis)
	if act < 0 || basis < 0 {
		return nil, fmt.Errorf("no number stands for act %q on basis %q in a leaf", o.Act, o.Basis)
	}
	b := []byte{leafVersion}
	b = binary.BigEndian.AppendUint64(b, uint64(index))
	for _, one := range []string{o.ID, o.SubjectID, o.PersonID} {
		b = appendID(b, one)
	}
	b = append(b, byte(act), byte(basis))
	b = appendID(b, o.BasisID)
	b = binary.BigEndian.AppendUint64(b, uint64(o.At.UnixMicro()))
	return append(b, o.What...), nil
}

func appendID(b []byte, one string) []byte {
	if one == "" {
		return append(b, make([]byte, 16)...)
	}
	return id.Append(b, one)
}
