package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/qihe-volunteers/qihe/shared/translog"
)

// witnessKeyCommand makes the one file that a witness must keep.
type witnessKeyCommand struct {
	Name string `arg:"" help:"A short name without spaces, such as no1-school."`
	File string `default:"witness.key" help:"Where to keep the secret key."`
}

func (c *witnessKeyCommand) do() (said string, right bool, err error) {
	secret, err := translog.NewKey(c.Name)
	if err != nil {
		return "", false, err
	}
	by, err := translog.NewCosigner(string(secret), time.Now())
	if err != nil {
		return "", false, fmt.Errorf("the name %q: letters, digits, dots and dashes: %w", c.Name, err)
	}
	file, err := os.OpenFile(c.File, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // one that is there is never overwritten
	if err != nil {
		return "", false, err
	}
	if _, err := file.Write(secret); err != nil {
		return "", false, errors.Join(err, file.Close())
	}
	b := lines{chinese: !flags.English}
	b.say("钥匙已存入 %s，请自己保管好，不要给任何人。把下面这一行发给妇联：", "The key is in %s: keep it, give it to nobody. Send the federation this line:", c.File)
	fmt.Fprintln(&b, by.Public())
	return b.String(), true, file.Close()
}

// witnessCommand looks at the log, and signs it if it only grew.
type witnessCommand struct {
	Key     []string `required:"" help:"The log's public key, or a file that holds it."`
	Site    string   `required:"" xor:"from" help:"Where Qihe is, such as https://volunteers.example."`
	Request string   `required:"" xor:"from" type:"existingfile" help:"Without network: the file that an officer gave."`
	Answer  string   `default:"cosigned.note" help:"Without network: where to write the file for the officer."`
	KeyFile string   `default:"witness.key" help:"The witness's own key."`
	Last    string   `default:"witness.last" help:"What was signed last. Keep it as you keep the key."`
}

func (c *witnessCommand) do() (said string, right bool, err error) {
	keys, err := logKeys(c.Key)
	if err != nil {
		return "", false, err
	}
	secret, err := os.ReadFile(c.KeyFile)
	if err != nil {
		return "", false, err
	}
	by, err := translog.NewCosigner(string(secret), time.Now())
	if err != nil {
		return "", false, fmt.Errorf("%s: %w", c.KeyFile, err)
	}
	last, before, err := c.signedLast(keys)
	if err != nil {
		return "", false, err
	}
	shown, err := c.growth(before.Size)
	if err != nil {
		return "", false, err
	}
	signed, err := shown.Cosign(last, keys, by)
	if errors.Is(err, translog.ErrShortened) || errors.Is(err, translog.ErrRewritten) {
		return c.betrayed(shown, err)
	}
	if err != nil {
		return "", false, err
	}
	if err := c.giveBack(signed); err != nil {
		return "", false, err
	}
	now, err := translog.OpenCheckpoint(signed, keys)
	b := lines{chinese: !flags.English}
	if last == "" {
		b.say("第一次见证 %s：现在 %d 行，从今天起由这里作证。", "The first look at %s: it has %d lines, and is witnessed from today on.", now.Origin, now.Size)
	} else {
		b.say("账本 %s 现在 %d 行，前 %d 行和上次见证时一样，没有人改过。", "The log %s has %d lines; the first %d are what was signed last.", now.Origin, now.Size, before.Size)
	}
	if c.Request != "" {
		b.say("已签名，请把 %s 交回妇联。", "Signed: give %s back to the federation.", c.Answer)
	} else {
		b.say("已签名并交回。", "Signed and given back.")
	}
	return b.String(), true, err
}

// signedLast reads what the witness signed last; nothing the first time.
func (c *witnessCommand) signedLast(keys note.Verifiers) (last string, before translog.Checkpoint, err error) {
	content, err := os.ReadFile(c.Last)
	if errors.Is(err, os.ErrNotExist) {
		return "", before, nil
	}
	if err != nil {
		return "", before, err
	}
	if before, err = translog.OpenCheckpoint(string(content), keys); err != nil {
		return "", before, fmt.Errorf("%s: %w", c.Last, err)
	}
	return string(content), before, nil
}

// growth reads what is to be signed, from the file or from the public address.
func (c *witnessCommand) growth(old int64) (translog.Growth, error) {
	if c.Request != "" {
		content, err := os.ReadFile(c.Request)
		if err != nil {
			return translog.Growth{}, err
		}
		return translog.ParseGrowth(strings.ReplaceAll(string(content), "\r\n", "\n"))
	}
	text, status, err := c.ask(http.MethodGet, "/growth?old="+strconv.FormatInt(old, 10), nil)
	if status == http.StatusBadRequest { // the log says that it is shorter than what was signed: look at what it is
		text, _, err = c.ask(http.MethodGet, "/growth", nil)
	}
	if err != nil {
		return translog.Growth{}, err
	}
	return translog.ParseGrowth(text)
}

// giveBack keeps what was signed, and only then lets it out of the house: never
// is something signed that was not remembered.
func (c *witnessCommand) giveBack(signed string) error {
	if err := replace(c.Last, signed); err != nil {
		return err
	}
	if c.Request != "" {
		return replace(c.Answer, signed)
	}
	body, err := json.Marshal(map[string]string{"note": signed})
	if err != nil {
		return err
	}
	_, _, err = c.ask(http.MethodPost, "/cosignatures", bytes.NewReader(body))
	return err
}

const longestAnswer = 1 << 20

func (c *witnessCommand) ask(method, path string, body io.Reader) (text string, status int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, strings.TrimRight(c.Site, "/")+"/api/hours/v1/ledger"+path, body)
	if err != nil {
		return "", 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Origin", strings.TrimRight(c.Site, "/"))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", 0, err
	}
	defer func() { _ = res.Body.Close() }()
	content, err := io.ReadAll(io.LimitReader(res.Body, longestAnswer))
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %s", path, res.Status, content)
	}
	return string(content), res.StatusCode, err
}

// betrayed says that the log is not what it was, and keeps what was shown.
func (c *witnessCommand) betrayed(shown translog.Growth, why error) (said string, right bool, err error) {
	evidence := c.Last + ".conflict"
	b := lines{chinese: !flags.English}
	b.say("不签名！账本和上次见证时对不上：以前的行被改过、删过，或者给您看的是另一本账。", "Not signed! The log is not what was signed last: lines were changed or cut off, or you are shown another log.")
	fmt.Fprintln(&b, "  ✗ "+why.Error())
	b.say("两份证据都留着：%s（上次的）和 %s（这次的）。请同时告诉上级妇联和其他见证单位。", "Both are kept as evidence: %s (then) and %s (now). Tell the federation above and the other witnesses.", c.Last, evidence)
	return b.String(), false, os.WriteFile(evidence, []byte(shown.Note), 0o600)
}

// replace writes a file whole or not at all.
func replace(path, content string) error {
	file, err := os.Create(path + ".new")
	if err != nil {
		return err
	}
	_, err = file.WriteString(content)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
