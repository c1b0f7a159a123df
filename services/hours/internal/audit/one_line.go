package audit

import (
	"encoding/json"
	"fmt"
	"io"
)

// lineFormat is what LineFile.Format says.
const lineFormat = "qihe-line/1"

// LineFile is one line of the ledger with the proof that it is in the log. Who
// may see the line may have it; the salt, which shows whose it is, is only in
// the file of the person themself.
type LineFile struct {
	Format     string     `json:"format"`
	Checkpoint string     `json:"checkpoint"` // the signed note
	Line       ProvedLine `json:"line"`
}

// NewLineFile returns the file of a line against a signed checkpoint.
func NewLineFile(signed string, line ProvedLine) LineFile {
	return LineFile{Format: lineFormat, Checkpoint: signed, Line: line}
}

// LineReport is what CheckLine found.
type LineReport struct {
	shown
	File LineFile
	Own  bool // it was shown whose the line is
}

// CheckLine checks a LineFile with nothing but the log's public key. An error
// means that the file cannot be read.
func CheckLine(file io.Reader, notes []string, trust Trust) (LineReport, error) {
	var r LineReport
	if err := json.NewDecoder(file).Decode(&r.File); err != nil || r.File.Format != lineFormat {
		return r, fmt.Errorf("this is no line of the form %s", lineFormat)
	}
	checkpoint, ok := r.open(r.File.Checkpoint, notes, trust)
	if !ok {
		return r, nil
	}
	l := r.File.Line
	if _, ok := r.logged(l, checkpoint); !ok {
		return r, nil
	}
	if l.Salt != "" {
		r.Own, _ = belongs(l.Mark, l.Salt, l.VolunteerID)
		if !r.Own {
			r.find(Person, l.Index, "")
		}
	}
	return r, nil
}
