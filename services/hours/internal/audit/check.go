package audit

import (
	"bufio"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// late is how much later than it says a line may come into the log: a sequencer
// that stood still for a while brings in lines in order all the same, but
// services' clocks may differ.
const late = 10 * time.Minute

// longestLine bounds a line of an export.
const longestLine = 1 << 20

// mostLikely bounds for how many lines room is made at once, whatever a head says.
const mostLikely = 10_000_000

// Trust is whom the auditor believes: the log's keys, and witnesses, of whom so
// many as needed must have signed what they check. Without any, the log's own
// word is all there is.
type Trust struct {
	Keys      note.Verifiers
	Witnesses translog.Witnesses
}

// Check reads an export and compares it with checkpoints, signed notes that the
// auditor got whenever and wherever. An error means that the export cannot be
// read; what is wrong with the ledger is in the Report.
func Check(export io.Reader, notes []string, trust Trust) (Report, error) {
	c := checker{
		trust: trust, marks: map[opened]bool{}, kinds: map[string]int{}, checkpoints: map[int64]translog.Hash{}, who: map[int64][]string{}, reached: map[string]int64{},
	}
	for _, n := range notes {
		c.hold(n)
	}
	scanner := bufio.NewScanner(export)
	scanner.Buffer(make([]byte, 1<<16), longestLine)
	if !scanner.Scan() {
		return c.Report, fmt.Errorf("the export is empty: %w", scanner.Err())
	}
	if err := json.Unmarshal(scanner.Bytes(), &c.Head); err != nil || c.Head.Format != format {
		return c.Report, fmt.Errorf("the first line is no head of an export of format %d", format)
	}
	likely := min(max(c.Head.Size, 0), mostLikely)
	c.sources, c.lines = make(map[source]int64, likely), make(map[key]seen, likely)
	for n := 2; scanner.Scan(); n++ {
		var l Line
		if err := json.Unmarshal(scanner.Bytes(), &l); err != nil {
			return c.Report, fmt.Errorf("line %d of the file: %w", n, err)
		}
		if err := c.line(l); err != nil {
			return c.Report, fmt.Errorf("line %d of the file: %w", n, err)
		}
	}
	if err := scanner.Err(); err != nil {
		return c.Report, fmt.Errorf("read export: %w", err)
	}
	c.end()
	slices.SortStableFunc(c.Findings, func(a, b Finding) int { return cmp.Compare(uint64(a.Index), uint64(b.Index)) }) //nolint:gosec // Outside comes last
	return c.Report, nil
}

// checker is a Report while it is made.
type checker struct {
	Report
	trust       Trust
	frontier    translog.Frontier
	checkpoints map[int64]translog.Hash // roots by size
	who         map[int64][]string      // witnesses that co-signed, by size
	reached     map[string]int64        // the longest agreed checkpoint of each witness
	agreed      int64                   // the size of the last checkpoint that the log agrees with
	broken      bool                    // one it did not agree with was met: later ones say nothing new
	latest      time.Time               // the newest recorded_at so far
	sources     map[source]int64        // where each was credited
	kinds       map[string]int
	lines       map[key]seen
	marks       map[opened]bool // whether each is right: people have the same one in all their lines
}

type opened struct{ mark, salt, personID string }

// key is an id as bytes: a map of millions of them has nothing that must be
// looked through again and again for memory to free.
type key [16]byte

func keyOf(text string) (k key) {
	if id.Valid(text) {
		id.Append(k[:0], text)
	}
	return k
}

type source struct {
	kind int // a number of its own for each
	id   key
}

// seen is what a reversal must fit.
type seen struct {
	minutes  int32
	reversal bool
}

// hold takes a checkpoint into account.
func (c *checker) hold(signed string) {
	cp, err := translog.OpenCheckpoint(signed, c.trust.Keys)
	if err != nil {
		c.find(Unsigned, Outside, "%v", err)
		return
	}
	who, _ := c.trust.Witnesses.Who(signed)
	root, had := c.checkpoints[cp.Size]
	if had && root != cp.Root {
		c.find(Split, cp.Size, "%s %s, %s %s", root, c.who[cp.Size], cp.Root, who)
		if len(who) == 0 {
			return // what somebody witnessed is what the export is held to
		}
		c.who[cp.Size] = nil
	}
	c.checkpoints[cp.Size] = cp.Root
	c.who[cp.Size] = append(c.who[cp.Size], who...)
}

func (c *checker) line(l Line) error {
	if l.Index == Outside {
		c.outside(l)
		return nil
	}
	if l.Index < c.frontier.Size() {
		c.find(Doubled, l.Index, "")
		return nil
	}
	if l.Index > c.frontier.Size() {
		return fmt.Errorf("leaf %d is not in the export, after it comes %d", c.frontier.Size(), l.Index)
	}
	logged, err := base64.StdEncoding.DecodeString(l.LeafHash)
	if err != nil || len(logged) != len(translog.Hash{}) {
		return fmt.Errorf("leaf %d has no hash", l.Index)
	}
	c.frontier.Add(translog.Hash(logged)) // what the log holds: a changed line is found below, and does not hide what comes after it
	c.compare()
	if l.EntryID == "" {
		c.find(Missing, l.Index, "")
		return nil
	}
	c.Lines++
	c.unchanged(l, translog.Hash(logged))
	c.rules(l)
	return nil
}

// compare compares the log so far with the checkpoint of this size, if there is one.
func (c *checker) compare() {
	size := c.frontier.Size()
	root, ok := c.checkpoints[size]
	if !ok {
		return
	}
	c.Checkpoints++
	if got := c.frontier.Root(); got == root {
		c.agreed = size
		for _, name := range c.who[size] {
			c.reached[name] = size
		}
	} else if !c.broken {
		c.broken = true
		c.find(Rebuilt, c.agreed, "%d: %s, %s", size, got, root)
	}
}

// unchanged looks whether the line is what came into the log, and whose it was.
func (c *checker) unchanged(l Line, logged translog.Hash) {
	leaf, err := l.leaf()
	if err != nil {
		c.find(Changed, l.Index, "%v", err)
		return
	}
	encoded, err := leaf.Encode()
	if err != nil {
		c.find(Changed, l.Index, "%v", err)
		return
	}
	if translog.LeafHash(encoded) != logged {
		c.find(Changed, l.Index, "")
		return
	}
	for _, p := range [][3]string{{l.Mark, l.Salt, l.VolunteerID}, {l.ConfirmerMark, l.ConfirmerSalt, l.ConfirmedBy}} {
		if p[1] == "" {
			c.Erased++
			continue
		}
		o := opened{p[0], p[1], p[2]}
		right, had := c.marks[o]
		if !had {
			right, _ = belongs(o.mark, o.salt, o.personID)
			c.marks[o] = right
		}
		if !right {
			c.find(Person, l.Index, "")
		}
	}
}

// rules looks whether the line may stand in the ledger at all.
func (c *checker) rules(l Line) {
	if l.RecordedAt.Add(late).Before(c.latest) {
		c.find(Backdated, l.Index, "%s, %s", l.RecordedAt.Format(time.RFC3339), c.latest.Format(time.RFC3339))
	}
	if l.RecordedAt.After(c.latest) {
		c.latest = l.RecordedAt
	}
	kind, ok := c.kinds[l.SourceKind]
	if !ok {
		kind = len(c.kinds)
		c.kinds[l.SourceKind] = kind
	}
	of := source{kind, keyOf(l.SourceID)}
	if before, ok := c.sources[of]; ok {
		c.find(Twice, l.Index, "%d", before)
	}
	c.sources[of] = l.Index
	if (l.Kind == string(domain.Import)) != (l.SourceKind == domain.SourceImport) || l.Kind == string(domain.Import) && (l.Account != l.Kind || l.Verification != "C") {
		c.find(History, l.Index, "%s, %s, %s, %s", l.Kind, l.SourceKind, l.Account, l.Verification)
	}
	if (l.Kind == string(domain.Reversal)) != (l.SourceKind == domain.SourceEntry) || (l.Kind == string(domain.Adjustment)) != (l.SourceKind == domain.SourceCorrection) {
		c.find(Reversal, l.Index, "%s, %s", l.Kind, l.SourceKind)
	} else if l.Kind == string(domain.Reversal) {
		if undone, ok := c.lines[of.id]; !ok || undone.reversal || int(undone.minutes) != -l.Minutes {
			c.find(Reversal, l.Index, "")
		}
	}
	c.lines[keyOf(l.EntryID)] = seen{int32(l.Minutes), l.Kind == string(domain.Reversal)} //nolint:gosec // what has more is no leaf: found already
}

// outside judges a line that is in no leaf: the newest are not in the log yet.
func (c *checker) outside(l Line) {
	if l.RecordedAt.Add(late).Before(c.Head.ExportedAt) {
		c.find(Unlogged, Outside, "%s, %s", l.EntryID, l.RecordedAt.Format(time.RFC3339))
		return
	}
	c.New++
}

func (c *checker) end() {
	c.witnessed()
	longest := int64(0)
	for size := range c.checkpoints {
		longest = max(longest, size)
	}
	if size := c.frontier.Size(); size < longest || size < c.Head.Size {
		c.find(Shorter, size, "%d", max(longest, c.Head.Size))
	}
}

// witnessed says how far as many witnesses as needed hold the log to what it is:
// not all sign the same checkpoint, but who signed a longer one vouches for its
// beginning too, now that the export agrees with both.
func (c *checker) witnessed() {
	need := c.trust.Witnesses.Need
	if need == 0 {
		return
	}
	c.Reached = c.reached
	sizes := slices.Sorted(maps.Values(c.reached))
	if len(sizes) < need {
		c.find(Unwitnessed, Outside, "%d, %d", len(sizes), need)
		return
	}
	c.Witnessed = sizes[len(sizes)-need]
}
