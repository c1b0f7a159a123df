package main

import (
	"context"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/backup"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

type backupCommand struct {
	Data         string `env:"QIHE_DATA" help:"数据文件夹 Folder that keeps everything." default:"${data}" placeholder:"FOLDER"`
	To           string `help:"数据库备份放在哪个文件夹 Folder for the databases." required:"" placeholder:"FOLDER"`
	KeysTo       string `help:"密钥备份放在哪个文件夹，要放在另一个盘 Folder for the keys: on another disk." required:"" placeholder:"FOLDER"`
	PasswordFile string `help:"密码文件，第一行至少 12 个字 File whose first line is the password." required:"" placeholder:"FILE"`
}

// Run makes a backup.
func (c backupCommand) Run(ctx context.Context) error {
	began := time.Now()
	taken, err := backup.Take(ctx, backup.Options{Data: c.Data, To: c.To, KeysTo: c.KeysTo, PasswordFile: c.PasswordFile, Now: began.In(clock.City), Say: say})
	if err != nil {
		return err
	}
	took := time.Since(began).Round(time.Second)
	fmt.Printf("备份好了，%d 行，用时 %s。\n%d rows are backed up, in %s.\n\n  %s\n  %s\n\n", taken.Manifest.Rows(), took, taken.Manifest.Rows(), took, taken.Databases, taken.Keys)
	fmt.Println("两个文件要分开保管；密码抄在纸上，锁起来。密钥文件只留最新的一份：里面记着后来删掉的人。\n" +
		"Keep the two files apart, and the password on paper, locked away. Of the keys keep only the newest file: it knows who was erased since.")
	return nil
}

type restoreCommand struct {
	From         string `help:"数据库备份文件 File with the databases." required:"" placeholder:"FILE"`
	Keys         string `help:"最新的密钥备份文件 The newest file with the keys." required:"" placeholder:"FILE"`
	PasswordFile string `help:"密码文件 File whose first line is the password." required:"" placeholder:"FILE"`
	Data         string `help:"恢复到哪个新文件夹 The new folder." required:"" placeholder:"FOLDER"`
}

// Run makes a data folder from a backup.
func (c restoreCommand) Run(ctx context.Context) error {
	began := time.Now()
	m, err := backup.Restore(ctx, backup.RestoreOptions{Databases: c.From, Keys: c.Keys, PasswordFile: c.PasswordFile, Data: c.Data, Say: say})
	if err != nil {
		return err
	}
	took, made := time.Since(began).Round(time.Second), m.MadeAt.In(clock.City).Format("2006-01-02 15:04")
	fmt.Printf("%s 的备份恢复好了：%d 行，逐表核对无误，用时 %s。\nThe backup of %s is restored: %d rows, every table compared, in %s.\n\n", made, m.Rows(), took, made, m.Rows(), took)
	fmt.Printf("运行 Run it: --data %s\n", c.Data)
	return nil
}

func say(text string) { fmt.Println(text) }
