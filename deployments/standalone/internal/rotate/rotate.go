// Package rotate changes a city's keys for new ones, in two steps. First a new key comes
// beside the old one: from then on it seals or signs, and what the old one made can
// still be read, old backups too. Then, later, the old one is dropped, if nothing needs
// it any more: that is looked for, and named, before anything is removed.
//
// Two keys are only shown by processes to each other, and are replaced in one step.
package rotate

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/services/pairings"
	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/reseal"
	"github.com/qihe-volunteers/qihe/shared/translog"
	"github.com/qihe-volunteers/qihe/shared/vault"
	"github.com/qihe-volunteers/qihe/shared/wholefile"
)

// Kind is what a key does, and so how it is changed.
type Kind string

// The kinds of keys.
const (
	Seals Kind = "seals" // a vault's: what it sealed stays
	Signs Kind = "signs" // a log's: what it signed stays
	Shown Kind = "shown" // nothing that lasts is made with it
)

// Key is one of a city's.
type Key struct {
	Name, File       string
	Kind             Kind
	Service          string // whose database holds what it made; of Shown none
	Chinese, English string // what changing it means
}

// Keys are all that can be changed.
var Keys = []Key{
	{"phones", "vault-keys.json", Seals, "teams", "手机号、证件号都用新钥匙重新封好", "phones and papers are sealed anew"},
	{"certificates", "certificate-keys.json", Seals, "hours", "证明上的个人信息都用新钥匙重新封好", "what certificates say of people is sealed anew"},
	{"children", "pairing-keys.json", Seals, "pairings", "每个孩子、家庭的钥匙都用新钥匙重新包好", "the key of each child and family is wrapped anew"},
	{"ledger-log", "ledger-log.key", Signs, "hours", "新旧两把一起签账本检查点；要告诉核对的人", "both keys sign the ledger's checkpoints; tell whoever checks"},
	{"openings-log", "openings-log.key", Signs, "pairings", "新旧两把一起签查看记录的检查点", "both keys sign the checkpoints of the record of openings"},
	{"signing", "signing-key.pem", Shown, "", "登录不受影响；打开一刻钟内的签到链接要再开一次", "nobody is signed out; check-in links opened in the last quarter of an hour are opened again"},
	{"internal", "internal-secret", Shown, "", "服务之间的口令；监控里的也要换", "what services show each other; change it in the monitoring too"},
}

// Errors that say what is in the way.
var (
	ErrRuns = fmt.Errorf("这把钥匙只在淇河志愿停着的时候换。请先停下来\nThis key is changed only while Qihe stands still. Stop it first")
	ErrDrop = fmt.Errorf("没有可以去掉的旧钥匙\nThere is no old key to drop")
)

// Add brings a new key, beside the old one where there can be two, and seals anew what
// older ones have sealed; it returns how many values that were. When an earlier change
// was broken off, it goes on with that and brings no further key.
func Add(ctx context.Context, s *site.Site, data string, k Key, tell reseal.Tell) (int, error) {
	path := filepath.Join(data, "keys", k.File)
	if k.Kind != Seals && s.Runs { // a vault's file is read again by who meets a key that it does not know
		return 0, ErrRuns
	}
	switch {
	case k.Kind == Seals:
		unfinished, err := needed(ctx, s, path, k)
		if err != nil {
			return 0, err
		}
		if len(unfinished) == 0 {
			if err := vault.AddKey(path); err != nil {
				return 0, err
			}
		}
		return seal(ctx, s, path, k, tell)
	case k.Kind == Signs:
		return 0, addSigner(path)
	case k.Name == "internal":
		return 0, wholefile.Write(path, []byte(rand.Text()+"\n"))
	default:
		fresh, err := auth.NewSigningKey()
		if err != nil {
			return 0, err
		}
		return 0, wholefile.Write(path, fresh)
	}
}

// seal lets the newest key seal, and seals anew what older ones have sealed.
func seal(ctx context.Context, s *site.Site, path string, k Key, tell reseal.Tell) (int, error) {
	if k.Name == "children" {
		return pairings.RewrapKeys(ctx, pairings.Config{KeyFile: path, OwnerDatabaseURL: s.Address("pairings")}, false)
	}
	if err := vault.PromoteKey(path); err != nil {
		return 0, err
	}
	if k.Name == "phones" {
		return teams.Reseal(ctx, teams.Config{KeyFile: path, OwnerDatabaseURL: s.Address("teams")}, tell)
	}
	return hours.Reseal(ctx, hours.Config{KeyFile: path, OwnerDatabaseURL: s.Address("hours")}, tell)
}

// needed returns in which columns there is something that an older key has sealed.
func needed(ctx context.Context, s *site.Site, path string, k Key) ([]string, error) {
	former, err := vault.Former(path)
	if err != nil || len(former) == 0 {
		return nil, err
	}
	return sealedBy(ctx, s, k.Service, former)
}

func addSigner(path string) error {
	held, err := translog.ReadKeys(path)
	if err != nil {
		return err
	}
	old, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read key of log: %w", err)
	}
	fresh, err := translog.NewKey(held.Signers[0].Name())
	if err != nil {
		return err
	}
	return wholefile.Write(path, append(append([]byte(strings.TrimSpace(string(old))), '\n'), fresh...))
}

// Drop removes what is old of a key. It refuses while Qihe runs, which may still use it,
// and names what is still there that needs it.
func Drop(ctx context.Context, s *site.Site, data string, k Key) error {
	if s.Runs {
		return ErrRuns
	}
	path := filepath.Join(data, "keys", k.File)
	switch k.Kind {
	case Seals:
		return dropSealing(ctx, s, path, k)
	case Signs:
		return dropSigner(ctx, s, path, k)
	default:
		return ErrDrop
	}
}

func dropSealing(ctx context.Context, s *site.Site, path string, k Key) error {
	former, err := vault.Former(path)
	if err != nil {
		return err
	}
	if len(former) == 0 {
		return ErrDrop
	}
	if k.Name == "children" {
		if _, err := seal(ctx, s, path, k, nil); err != nil {
			return err
		}
	}
	found, err := sealedBy(ctx, s, k.Service, former)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		return fmt.Errorf("旧钥匙还不能去掉，它封的还在：%[1]s。再换一次就接着封\nThe old key cannot be dropped: what it sealed is still there: %[1]s. Change it once more, which goes on where it was", strings.Join(found, ", "))
	}
	return vault.DropKeys(path)
}

// sealedBy returns in which columns something begins like a value of one of the keys,
// whatever table it is: a new one is not forgotten here.
func sealedBy(ctx context.Context, s *site.Site, service string, prefixes [][]byte) (found []string, err error) {
	db, err := s.Reach(service)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	const columns = `
		SELECT c.table_name, c.column_name
		FROM information_schema.columns c
		JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
		WHERE c.table_schema = 'public' AND c.data_type = 'bytea'
		ORDER BY 1, 2`
	rows, err := db.QueryContext(ctx, columns)
	if err != nil {
		return nil, fmt.Errorf("list sealed columns of %s: %w", service, err)
	}
	defer func() { _ = rows.Close() }()
	var all [][2]string
	for rows.Next() {
		var c [2]string
		if err := rows.Scan(&c[0], &c[1]); err != nil {
			return nil, fmt.Errorf("list sealed columns of %s: %w", service, err)
		}
		all = append(all, c)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for _, c := range all {
		for _, prefix := range prefixes {
			query := fmt.Sprintf(`SELECT count(*) FROM %q WHERE substring(%q FROM 1 FOR %d) = $1`, c[0], c[1], len(prefix))
			var n int
			if err := db.QueryRowContext(ctx, query, prefix).Scan(&n); err != nil {
				return nil, fmt.Errorf("look into %s.%s: %w", c[0], c[1], err)
			}
			if n > 0 {
				found = append(found, fmt.Sprintf("%s.%s (%d)", c[0], c[1], n))
			}
		}
	}
	return found, nil
}

func dropSigner(ctx context.Context, s *site.Site, path string, k Key) error {
	held, err := translog.ReadKeys(path)
	if err != nil {
		return err
	}
	if len(held.Signers) < 2 {
		return ErrDrop
	}
	newest := held.Public[len(held.Public)-1]
	verifier, err := note.NewVerifier(newest)
	if err != nil {
		return fmt.Errorf("public key of log: %w", err)
	}
	db, err := s.Reach(k.Service)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	var last string
	if err := db.QueryRowContext(ctx, `SELECT coalesce((SELECT note FROM log_checkpoints ORDER BY size DESC LIMIT 1), '')`).Scan(&last); err != nil {
		return fmt.Errorf("find last checkpoint: %w", err)
	}
	if _, err := translog.OpenCheckpoint(last, note.VerifierList(verifier)); last != "" && err != nil {
		return fmt.Errorf("新钥匙还没有签过最新的检查点：让淇河志愿先运行，等有新的一行\nThe new key has not signed the newest checkpoint yet: let Qihe run until there is a new line")
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read key of log: %w", err)
	}
	all := strings.Fields(string(content))
	return wholefile.Write(path, []byte(all[len(all)-1]+"\n"))
}
