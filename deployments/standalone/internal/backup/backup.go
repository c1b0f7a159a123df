// Package backup brings a data folder into two files, and back.
//
// One holds the databases, the other the keys that open what is sealed in them.
// Who has only one of them has nobody's phone number and no child's name; so they
// are kept apart. Of the keys only the newest file is kept: it says also who was
// erased since an older backup of the databases was made (docs/vault.md).
//
// Both are encrypted with a password, in the format of age (age-encryption.org),
// and can be opened without Qihe: age -d FILE | tar -x.
package backup

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

// keysTable of pairings goes with the keys and not with the databases.
const keysTable = "data_keys"

// leastPassword is how long a password has to be, in characters: the files may
// lie in a drawer for years.
const leastPassword = 12

// Options say what is backed up, and where to.
type Options struct {
	Data         string // the data folder; Qihe may run in it
	To           string // the folder for the databases' file
	KeysTo       string // the folder for the keys' file, which should be another disk
	PasswordFile string
	Now          time.Time
	Say          func(text string)
}

// Password reads a password from the first line of a file.
func Password(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("读不了密码文件：%[1]s\nThe password file cannot be read: %[1]s: %[2]w", path, err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	if line = strings.TrimSpace(line); len([]rune(line)) < leastPassword {
		return "", fmt.Errorf("密码太短：%[1]s 的第一行至少要有 %[2]d 个字\nThe password is too short: the first line of %[1]s needs at least %[2]d characters", path, leastPassword)
	}
	return line, nil
}

// keyFolders are those that belong to the keys: tls is there only where Qihe makes
// its own certificates.
var keyFolders = []string{"keys", "tls"}

// errNotWhole says that a file was cut short, changed, or was made with another password.
var errNotWhole = errors.New("这个备份文件打不开：密码不对，或者文件不完整\nThis backup cannot be opened: the password is another, or the file is not whole")
