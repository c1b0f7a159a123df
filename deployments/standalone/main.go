// Command standalone runs all of Qihe on one machine, in one process, with a
// living demo city in it:
//
//	go run ./deployments/standalone
//
// It brings its own PostgreSQL and NATS servers, keeps everything in one data
// folder and serves the web page on http://127.0.0.1:8080; with --tls also to
// phones and other computers. Text messages, such as sign-in codes, are not
// sent but shown on /dev/messages, on this computer only.
//
// Its other commands look after the data folder: see docs/running.md.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/folder"
)

type commands struct {
	Run         runCommand         `cmd:"" default:"withargs" help:"运行（默认） Run; what it does without a command."`
	Backup      backupCommand      `cmd:"" help:"备份数据文件夹，不用停机 Back up a data folder, also while it is in use."`
	Check       checkCommand       `cmd:"" help:"核对：合计、账本日志、各服务记着的、事件有没有到 Look whether the books are in order; changes nothing."`
	Deadletters deadLettersCommand `cmd:"" help:"没有处理成的事件：列出、查看、再处理 Events that were given up: list, show, redrive."`
	Erase       eraseCommand       `cmd:"" help:"注销一个人的账号（书面申请） Erase a person's account, who asked for it in writing."`
	GrantAdmin  grantAdminCommand  `cmd:"" help:"设全市管理员：新城市，或管理员都没有了 Make an administrator of the city, when there is none who could."`
	Republish   republishCommand   `cmd:"" help:"让一个服务把说过的事件再说一遍 Let a service tell its events once more; nothing counts twice."`
	RotateKeys  rotateKeysCommand  `cmd:"" help:"换钥匙；旧的先留着，能读以前的 Change keys for new ones; the old ones stay until they are dropped."`
	Sessions    sessionsCommand    `cmd:"" help:"谁开着事务、谁在等谁；断开一个 Who has a transaction open, and who waits for whom; end one."`
	Restore     restoreCommand     `cmd:"" help:"把备份恢复到新文件夹，并逐表核对 Restore a backup into a new folder, and compare every table."`
}

func main() {
	var c commands
	command := kong.Parse(&c, kong.Name("qihe"), kong.Description("在一台电脑上运行淇河志愿。Runs all of Qihe on one machine."),
		kong.Vars{"data": folder.Default()})
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	command.BindTo(ctx, (*context.Context)(nil))
	command.Bind(unhook(stop))
	if err := command.Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// unhook lets the next Ctrl-C end the program at once.
type unhook func()
