package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// InsertCertificate adds a certificate to the register. It returns
// domain.ErrNoRequest when there is one for the request already, and
// domain.ErrCertificateEnded when what it replaces was replaced already.
func InsertCertificate(ctx context.Context, q postgres.Querier, c domain.Certificate) error {
	const query = `
		INSERT INTO certificates (id, issuer, year, serial, code, request_id, replaces, issuer_id, volunteer_id, region_path, minutes, entry_ids,
			asked_first, asked_last, first_day, last_day, content, settled_on, position, log_size, log_root, handled_by, issued_at)
		VALUES ($1, $2, $3, $4, $5, NULLIF($6, '')::uuid, NULLIF($7, '')::uuid, $8, $9, $10, $11, $12::uuid[],
			$13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`

	content, err := json.Marshal(c.Content)
	if err != nil {
		return fmt.Errorf("encode content: %w", err)
	}
	_, err = q.ExecContext(ctx, query, c.ID, c.Issuer.RegionCode, c.Year, c.Serial, c.Code, c.RequestID, c.Replaces, c.Issuer.ID, c.VolunteerID, c.RegionPath,
		c.Minutes, postgres.Array(c.EntryIDs), dayOrNull(c.Asked.First), dayOrNull(c.Asked.Last), c.Span.First.String(), c.Span.Last.String(),
		string(content), c.SettledOn.String(), c.Position, c.LogSize, c.LogRoot, c.HandledBy, c.IssuedAt)
	switch {
	case postgres.Violated(err, "certificates_request_key"):
		return domain.ErrNoRequest
	case postgres.Violated(err, "certificates_replaces_key"):
		return domain.ErrCertificateEnded
	case postgres.Violated(err, "certificates_own_check"):
		return domain.ErrOwnCertificate
	case err != nil:
		return fmt.Errorf("insert certificate: %w", err)
	}
	return nil
}

const certificatesQuery = `
	SELECT c.id, c.year, c.serial, c.code, c.request_id, c.replaces, c.volunteer_id, c.region_path, c.minutes,
		c.asked_first, c.asked_last, c.first_day, c.last_day, c.content, c.settled_on, c.position, c.log_size, c.log_root, c.handled_by, c.issued_at,
		c.issuer_id, i.region_code, i.name AS issuer_name, i.sealed AS issuer_sealed, i.valid_from, i.set_by, i.set_at,
		e.state AS end_state, e.reason AS end_reason, e.ended_by, e.ended_at, s.issuer AS next_issuer, s.year AS next_year, s.serial AS next_serial
	FROM certificates c
	JOIN certificate_issuers i ON i.id = c.issuer_id
	LEFT JOIN certificate_ends e ON e.certificate_id = c.id
	LEFT JOIN certificates s ON s.replaces = c.id `

type certificateRow struct {
	ID           string              `db:"id"`
	Year         int                 `db:"year"`
	Serial       int                 `db:"serial"`
	Code         string              `db:"code"`
	RequestID    sql.Null[string]    `db:"request_id"`
	Replaces     sql.Null[string]    `db:"replaces"`
	VolunteerID  string              `db:"volunteer_id"`
	RegionPath   string              `db:"region_path"`
	Minutes      int                 `db:"minutes"`
	AskedFirst   sql.Null[time.Time] `db:"asked_first"`
	AskedLast    sql.Null[time.Time] `db:"asked_last"`
	FirstDay     time.Time           `db:"first_day"`
	LastDay      time.Time           `db:"last_day"`
	Content      []byte              `db:"content"`
	SettledOn    time.Time           `db:"settled_on"`
	Position     int64               `db:"position"`
	LogSize      int64               `db:"log_size"`
	LogRoot      []byte              `db:"log_root"`
	HandledBy    string              `db:"handled_by"`
	IssuedAt     time.Time           `db:"issued_at"`
	IssuerID     string              `db:"issuer_id"`
	RegionCode   string              `db:"region_code"`
	IssuerName   string              `db:"issuer_name"`
	IssuerSealed []byte              `db:"issuer_sealed"`
	ValidFrom    time.Time           `db:"valid_from"`
	SetBy        string              `db:"set_by"`
	SetAt        time.Time           `db:"set_at"`
	EndState     sql.Null[string]    `db:"end_state"`
	EndReason    sql.Null[string]    `db:"end_reason"`
	EndedBy      sql.Null[string]    `db:"ended_by"`
	EndedAt      sql.Null[time.Time] `db:"ended_at"`
	NextIssuer   sql.Null[string]    `db:"next_issuer"`
	NextYear     sql.Null[int]       `db:"next_year"`
	NextSerial   sql.Null[int]       `db:"next_serial"`
}

func (r certificateRow) certificate(v *vault.Vault) (c domain.Certificate, err error) {
	c = domain.Certificate{
		ID: r.ID, Year: r.Year, Serial: r.Serial, Code: r.Code, RequestID: r.RequestID.V, Replaces: r.Replaces.V,
		VolunteerID: r.VolunteerID, RegionPath: r.RegionPath, Minutes: r.Minutes,
		Asked: spanOf(r.AskedFirst, r.AskedLast), Span: domain.Span{First: dayOf(r.FirstDay), Last: dayOf(r.LastDay)},
		SettledOn: dayOf(r.SettledOn), Position: r.Position, LogSize: r.LogSize, LogRoot: r.LogRoot, HandledBy: r.HandledBy, IssuedAt: r.IssuedAt.UTC(),
	}
	setting := issuerRow{r.IssuerID, r.RegionCode, r.IssuerName, r.IssuerSealed, r.ValidFrom, r.SetBy, r.SetAt}
	if c.Issuer, err = setting.issuer(v); err != nil {
		return c, err
	}
	if r.EndState.Valid {
		c.End = &domain.CertificateEnd{State: r.EndState.V, Reason: r.EndReason.V, By: r.EndedBy.V, At: r.EndedAt.V.UTC()}
		if r.NextIssuer.Valid {
			next := domain.Certificate{Issuer: domain.Issuer{RegionCode: r.NextIssuer.V}, Year: r.NextYear.V, Serial: r.NextSerial.V}
			c.End.Successor = next.Number()
		}
	}
	return c, json.Unmarshal(r.Content, &c.Content)
}

func manyCertificates(ctx context.Context, q postgres.Querier, v *vault.Vault, query string, args ...any) ([]domain.Certificate, error) {
	var rows []certificateRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list certificates: %w", err)
	}
	certificates := make([]domain.Certificate, len(rows))
	for i, r := range rows {
		var err error
		if certificates[i], err = r.certificate(v); err != nil {
			return nil, err
		}
	}
	return certificates, nil
}

func oneCertificate(ctx context.Context, q postgres.Querier, v *vault.Vault, query string, args ...any) (domain.Certificate, error) {
	found, err := manyCertificates(ctx, q, v, query, args...)
	if err == nil && len(found) == 0 {
		err = domain.ErrNoCertificate
	}
	if err != nil {
		return domain.Certificate{}, err
	}
	return found[0], nil
}

// FindCertificate returns a certificate, or domain.ErrNoCertificate.
func FindCertificate(ctx context.Context, q postgres.Querier, v *vault.Vault, id string) (domain.Certificate, error) {
	return oneCertificate(ctx, q, v, certificatesQuery+`WHERE c.id = $1`, id)
}

// FindCertificateByCode is the same by the code that opens the check page.
func FindCertificateByCode(ctx context.Context, q postgres.Querier, v *vault.Vault, code string) (domain.Certificate, error) {
	return oneCertificate(ctx, q, v, certificatesQuery+`WHERE c.code = $1`, code)
}

// FindCertificateByNumber is the same by the number in the register.
func FindCertificateByNumber(ctx context.Context, q postgres.Querier, v *vault.Vault, n domain.RegisterNumber) (domain.Certificate, error) {
	return oneCertificate(ctx, q, v, certificatesQuery+`WHERE c.issuer = $1 AND c.year = $2 AND c.serial = $3`, n.Issuer, n.Year, n.Serial)
}

// ListCertificatesOf returns the certificates of a person, newest first.
func ListCertificatesOf(ctx context.Context, q postgres.Querier, v *vault.Vault, p domain.Person) ([]domain.Certificate, error) {
	const query = certificatesQuery + `
		WHERE c.volunteer_id = ANY ($1::uuid[])
		ORDER BY c.issued_at DESC, c.id DESC
		LIMIT 200`

	return manyCertificates(ctx, q, v, query, postgres.Array(p.IDs()))
}

// ListCertifiedLines returns the lines of the ledger that a certificate counts,
// each with its place in the log and the salt of the volunteer, in the log's order.
func ListCertifiedLines(ctx context.Context, q postgres.Querier, certificateID string) ([]LoggedLine, error) {
	const query = `
		SELECT l.index, l.mark, l.confirmer_mark, s.salt, NULL::bytea AS confirmer_salt,
			e.id, e.seq, e.volunteer_id, e.team_id, e.programme_id, e.region_path, e.reporting_unit, e.kind, e.account, e.verification,
			e.minutes, e.started_at, e.ended_at, e.source_kind, e.source_id, e.title, e.confirmed_by, e.confirmed_at, e.recorded_at, e.settles_on - DATE '1970-01-01' AS settles_on
		FROM certificates c
		CROSS JOIN unnest(c.entry_ids) AS u (entry_id)
		JOIN entries e ON e.id = u.entry_id
		JOIN log_leaves l ON l.entry_id = e.id
		LEFT JOIN log_salts s ON s.person_id = e.volunteer_id
		WHERE c.id = $1
		ORDER BY l.index`

	var rows []loggedRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, certificateID); err != nil {
		return nil, fmt.Errorf("list lines of certificate %s: %w", certificateID, err)
	}
	lines := make([]LoggedLine, len(rows))
	for i, r := range rows {
		lines[i] = r.line()
	}
	return lines, nil
}

// RegisterFilter says which lines of the register are wanted; what is empty lets
// everything through.
type RegisterFilter struct {
	Paths    []string // of divisions; none: nothing
	Region   string   // code of the division that they are in
	State    string   // valid | replaced | revoked
	Year     int
	Number   domain.RegisterNumber
	ByNumber bool
	Code     string
	Name     string // whole
	After    string // id of the last line of the page before
	Limit    int
}

// ListRegister returns lines of the register, newest first.
func ListRegister(ctx context.Context, q postgres.Querier, v *vault.Vault, f RegisterFilter) ([]domain.Certificate, error) {
	const query = certificatesQuery + `
		WHERE EXISTS (SELECT FROM unnest($1::text[]) AS p (path) WHERE starts_with(c.region_path, p.path))
			AND ('/' || c.region_path LIKE '%/' || $2 || '/%')
			AND ($3 = '' OR COALESCE(e.state, 'valid') = $3)
			AND ($4 = 0 OR c.year = $4)
			AND (NOT $5 OR (c.issuer, c.year, c.serial) = ($6, $7, $8))
			AND ($9 = '' OR c.code = $9)
			AND ($10::bytea IS NULL OR EXISTS (SELECT FROM certificate_faces f WHERE f.certificate_id = c.id AND f.name_index = $10::bytea))
			AND ($11::uuid IS NULL OR (c.issued_at, c.id) < (SELECT issued_at, id FROM certificates WHERE id = $11::uuid))
		ORDER BY c.issued_at DESC, c.id DESC
		LIMIT $12`

	var index []byte
	if f.Name != "" {
		index = nameIndex(v, f.Name)
	}
	return manyCertificates(ctx, q, v, query, postgres.Array(f.Paths), f.Region, f.State, f.Year, f.ByNumber, f.Number.Issuer, f.Number.Year, f.Number.Serial,
		f.Code, index, sql.Null[string]{V: f.After, Valid: f.After != ""}, f.Limit)
}
