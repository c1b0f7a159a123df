package audit

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/note"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// certificateFormat is what CertificateFile.Format says.
const certificateFormat = "qihe-certificate/1"

// CertificateFile is a certificate of service with the proof that its hours are
// in the log. Its holder downloads it and may give it to whoever should check
// it: the lines in it are theirs, and so is the salt. Nobody else's is in it,
// and no name.
type CertificateFile struct {
	Format     string       `json:"format"`
	Number     string       `json:"number"`
	Code       string       `json:"code"`
	Issuer     string       `json:"issuer"`
	IssuedOn   string       `json:"issued_on"`
	SettledOn  string       `json:"settled_on"` // every line had settled on this day
	Minutes    int          `json:"minutes"`
	Checkpoint string       `json:"checkpoint"` // the signed note
	Lines      []ProvedLine `json:"lines"`
}

// ProvedLine is a line of the ledger with the hashes that lead from its leaf to
// the checkpoint's root.
type ProvedLine struct {
	Line
	Proof []string `json:"proof"`
}

// NewCertificateFile returns the file of a certificate, without its lines.
func NewCertificateFile(c domain.Certificate) CertificateFile {
	return CertificateFile{
		Format: certificateFormat, Number: c.Number(), Code: c.Code, Issuer: c.Issuer.Name, IssuedOn: domain.DayOf(c.IssuedAt).String(),
		SettledOn: c.SettledOn.String(), Minutes: c.Minutes, Lines: []ProvedLine{},
	}
}

// Prove adds a line. Who confirmed it is only in it as their mark.
func (f *CertificateFile) Prove(e domain.Entry, leaf domain.Leaf, leafHash string, salt *domain.Salt, proof []translog.Hash) {
	line := ProvedLine{Line: LineOf(e).InLog(leaf, leafHash, salt, nil), Proof: make([]string, len(proof))}
	line.ConfirmedBy = ""
	for i, h := range proof {
		line.Proof[i] = base64.StdEncoding.EncodeToString(h[:])
	}
	f.Lines = append(f.Lines, line)
}

// CertificateReport is what CheckCertificate found.
type CertificateReport struct {
	File     CertificateFile
	Size     int64 // of the log at the checkpoint
	Records  int   // volunteers' records that the lines are of: more than one only where records became one
	Kept     int   // checkpoints of the same size that somebody else kept, and that agree
	Findings []Finding
}

// OK reports whether nothing was found.
func (r CertificateReport) OK() bool { return len(r.Findings) == 0 }

func (r *CertificateReport) find(code Code, index int64, detail string, args ...any) {
	r.Findings = append(r.Findings, Finding{code, index, fmt.Sprintf(detail, args...)})
}

// CheckCertificate checks a CertificateFile with nothing but the log's public
// key: the checkpoint is signed, each line is in the log that it names, as it
// was recorded and the holder's, it is settled service, none is there twice, and
// the minutes are their sum. An error means that the file cannot be read.
func CheckCertificate(file io.Reader, notes []string, keys note.Verifiers) (CertificateReport, error) {
	var r CertificateReport
	if err := json.NewDecoder(file).Decode(&r.File); err != nil || r.File.Format != certificateFormat {
		return r, fmt.Errorf("this is no certificate of the form %s", certificateFormat)
	}
	settledOn, ok := domain.ParseDay(r.File.SettledOn)
	if !ok {
		return r, fmt.Errorf("%q is no day", r.File.SettledOn)
	}
	checkpoint, err := translog.OpenCheckpoint(r.File.Checkpoint, keys)
	if err != nil {
		r.find(Unsigned, Outside, "%v", err)
		return r, nil
	}
	r.Size = checkpoint.Size
	r.compare(checkpoint, notes, keys)
	seen, records, minutes := map[string]bool{}, map[string]bool{}, 0
	for _, l := range r.File.Lines {
		if seen[l.EntryID] {
			r.find(Doubled, l.Index, "")
			continue
		}
		seen[l.EntryID] = true
		records[l.VolunteerID] = true
		minutes += l.Minutes
		r.line(l, checkpoint, settledOn)
	}
	r.Records = len(records)
	if minutes != r.File.Minutes {
		r.find(Sum, Outside, "%d, %d", r.File.Minutes, minutes)
	}
	return r, nil
}

// compare compares the checkpoint with those of the same size that were kept.
func (r *CertificateReport) compare(checkpoint translog.Checkpoint, notes []string, keys note.Verifiers) {
	for _, n := range notes {
		kept, err := translog.OpenCheckpoint(n, keys)
		switch {
		case err != nil:
			r.find(Unsigned, Outside, "%v", err)
		case kept.Size == checkpoint.Size && kept.Root != checkpoint.Root:
			r.find(Split, kept.Size, "%s, %s", kept.Root, checkpoint.Root)
		case kept.Size == checkpoint.Size:
			r.Kept++
		}
	}
}

func (r *CertificateReport) line(l ProvedLine, checkpoint translog.Checkpoint, settledOn domain.Day) {
	leaf, err := l.leaf()
	if err != nil {
		r.find(Changed, l.Index, "%v", err)
		return
	}
	encoded, err := leaf.Encode()
	if err != nil {
		r.find(Changed, l.Index, "%v", err)
		return
	}
	proof := make([]translog.Hash, len(l.Proof))
	for i, text := range l.Proof {
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil || len(raw) != len(translog.Hash{}) {
			r.find(NotLogged, l.Index, "%q", text)
			return
		}
		proof[i] = translog.Hash(raw)
	}
	if err := translog.CheckLeaf(checkpoint, l.Index, translog.LeafHash(encoded), proof); err != nil {
		r.find(NotLogged, l.Index, "")
	}
	if yes, known := belongs(l.Mark, l.Salt, l.VolunteerID); !yes || !known {
		r.find(Person, l.Index, "")
	}
	if e := leaf.Entry; e.Account != domain.ServiceAccount || e.Minutes <= 0 || e.SettlesOn > settledOn {
		r.find(Uncounted, l.Index, "%s, %d, %s", e.Account, e.Minutes, e.SettlesOn)
	}
}
