package audit

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

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

// Prove adds a line.
func (f *CertificateFile) Prove(e domain.Entry, leaf domain.Leaf, leafHash string, salt *domain.Salt, proof []translog.Hash) {
	f.Lines = append(f.Lines, ProveLine(e, leaf, leafHash, salt, proof))
}

// ProveLine returns a line with its proof. Who confirmed it is only in it as
// their mark, and without a salt so is whose it is.
func ProveLine(e domain.Entry, leaf domain.Leaf, leafHash string, salt *domain.Salt, proof []translog.Hash) ProvedLine {
	line := ProvedLine{Line: LineOf(e).InLog(leaf, leafHash, salt, nil), Proof: make([]string, len(proof))}
	line.ConfirmedBy = ""
	if salt == nil {
		line.VolunteerID = ""
	}
	for i, h := range proof {
		line.Proof[i] = base64.StdEncoding.EncodeToString(h[:])
	}
	return line
}

// shown is what is found of any file that somebody shows with its proof.
type shown struct {
	Size     int64    // of the log at the checkpoint
	Kept     int      // checkpoints of the same size that somebody else kept, and that agree
	Who      []string // witnesses that co-signed the checkpoint
	Findings []Finding
}

// CertificateReport is what CheckCertificate found.
type CertificateReport struct {
	shown
	File    CertificateFile
	Records int // volunteers' records that the lines are of: more than one only where records became one
}

// OK reports whether nothing was found.
func (r *shown) OK() bool { return len(r.Findings) == 0 }

func (r *shown) find(code Code, index int64, detail string, args ...any) {
	r.Findings = append(r.Findings, Finding{code, index, fmt.Sprintf(detail, args...)})
}

// CheckCertificate checks a CertificateFile with nothing but the log's public
// key: the checkpoint is signed, each line is in the log that it names, as it
// was recorded and the holder's, it is settled service, none is there twice, and
// the minutes are their sum. An error means that the file cannot be read.
func CheckCertificate(file io.Reader, notes []string, trust Trust) (CertificateReport, error) {
	var r CertificateReport
	if err := json.NewDecoder(file).Decode(&r.File); err != nil || r.File.Format != certificateFormat {
		return r, fmt.Errorf("this is no certificate of the form %s", certificateFormat)
	}
	settledOn, ok := domain.ParseDay(r.File.SettledOn)
	if !ok {
		return r, fmt.Errorf("%q is no day", r.File.SettledOn)
	}
	checkpoint, ok := r.open(r.File.Checkpoint, notes, trust)
	if !ok {
		return r, nil
	}
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

// open reads the checkpoint and compares it with those of the same size that were kept.
func (r *shown) open(signed string, notes []string, trust Trust) (translog.Checkpoint, bool) {
	checkpoint, err := translog.OpenCheckpoint(signed, trust.Keys)
	if err != nil {
		r.find(Unsigned, Outside, "%v", err)
		return checkpoint, false
	}
	r.Size = checkpoint.Size
	who := map[string]bool{}
	r.vouch(who, signed, trust)
	for _, n := range notes {
		kept, err := translog.OpenCheckpoint(n, trust.Keys)
		switch {
		case err != nil:
			r.find(Unsigned, Outside, "%v", err)
		case kept.Size == checkpoint.Size && kept.Root != checkpoint.Root:
			r.find(Split, kept.Size, "%s, %s", kept.Root, checkpoint.Root)
		case kept.Size == checkpoint.Size:
			r.Kept++
			r.vouch(who, n, trust)
		}
	}
	r.Who = slices.Sorted(maps.Keys(who))
	if need := trust.Witnesses.Need; len(r.Who) < need {
		r.find(Unwitnessed, Outside, "%d, %d", len(r.Who), need)
	}
	return checkpoint, true
}

func (r *shown) vouch(who map[string]bool, signed string, trust Trust) {
	names, _ := trust.Witnesses.Who(signed)
	for _, name := range names {
		who[name] = true
	}
}

func (r *CertificateReport) line(l ProvedLine, checkpoint translog.Checkpoint, settledOn domain.Day) {
	leaf, ok := r.logged(l, checkpoint)
	if !ok {
		return
	}
	if yes, known := belongs(l.Mark, l.Salt, l.VolunteerID); !yes || !known {
		r.find(Person, l.Index, "")
	}
	if e := leaf.Entry; e.Account != domain.ServiceAccount || e.Minutes <= 0 || e.SettlesOn > settledOn {
		r.find(Uncounted, l.Index, "%s, %d, %s", e.Account, e.Minutes, e.SettlesOn)
	}
}

// logged reports whether the line is in the log as it is shown; ok says that it can be read at all.
func (r *shown) logged(l ProvedLine, checkpoint translog.Checkpoint) (leaf domain.Leaf, ok bool) {
	leaf, err := l.leaf()
	if err != nil {
		r.find(Changed, l.Index, "%v", err)
		return leaf, false
	}
	encoded, err := leaf.Encode()
	if err != nil {
		r.find(Changed, l.Index, "%v", err)
		return leaf, false
	}
	proof := make([]translog.Hash, len(l.Proof))
	for i, text := range l.Proof {
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil || len(raw) != len(translog.Hash{}) {
			r.find(NotLogged, l.Index, "%q", text)
			return leaf, false
		}
		proof[i] = translog.Hash(raw)
	}
	if err := translog.CheckLeaf(checkpoint, l.Index, translog.LeafHash(encoded), proof); err != nil {
		r.find(NotLogged, l.Index, "")
	}
	return leaf, true
}
