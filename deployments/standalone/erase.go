package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/apperr"
)

type eraseCommand struct {
	Number string `arg:"" help:"志愿者编号，不用姓名 The volunteer's number, not the name."`
	Reason string `help:"凭什么：书面申请的登记号，不写姓名 By which paper; nobody's name." placeholder:"TEXT"`
	Yes    bool   `help:"真的做，还要再输入一次；不加只说要做什么 Do it, after one more question; without, it only says what would be done."`
	Data   string `env:"QIHE_DATA" help:"数据文件夹 Folder that keeps everything." default:"${data}" placeholder:"FOLDER"`
}

// errNotTyped says that what was asked for was not typed.
var errNotTyped = errors.New("输入的不一样，什么也没做\nThat is something else; nothing was done")

// Run erases a person, after showing what that ends and asking once more.
func (c eraseCommand) Run(ctx context.Context) error {
	return within(ctx, c.Data, func(s *site.Site) error { return c.erase(ctx, s, os.Stdin, os.Stdout) })
}

func (c eraseCommand) erase(ctx context.Context, s *site.Site, in io.Reader, out io.Writer) error {
	settings, err := teamsSettings(s, c.Data)
	if err != nil {
		return err
	}
	d, err := teams.DepartureOf(ctx, settings, c.Number)
	if err != nil {
		return apperr.Spoken(err)
	}
	_, _ = fmt.Fprintf(out, "%[1]s：注销以后打不开、找不回来；时长留在编号下。结束：队伍 %[2]d，授权 %[3]d。还在当队长的队伍 %[4]d（要先交接）。\n"+
		"%[1]s: what is erased cannot be brought back; the hours stay with the number. It ends %[2]d memberships and %[3]d grants. Brigades led: %[4]d (to be handed over first).\n",
		d.Number, d.Memberships, d.Grants, d.Leads)
	if !c.Yes {
		_, _ = fmt.Fprintln(out, onlyShown)
		return nil
	}
	want := teams.EraseWord + " " + d.Number
	_, _ = fmt.Fprintf(out, "\n确定的话，输入 Type, if you mean it:  %s\n", want)
	typed, err := bufio.NewReader(in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read what was typed: %w", err)
	}
	if strings.Join(strings.Fields(typed), " ") != want {
		return errNotTyped
	}
	if err := teams.Erase(ctx, settings, d.Number, c.Reason); err != nil {
		return apperr.Spoken(err)
	}
	_, _ = fmt.Fprintln(out, "注销了；别的服务马上知道，没有运行时是下次启动后。以后恢复旧备份，要再注销一次。\n"+
		"Erased; the other services hear of it at once, or after the next start. After restoring an older backup, do it again.")
	return nil
}

// onlyShown ends what every command says that changes something and was not told --yes.
const onlyShown = "\n什么也没做。真的要做，加上 --yes\nNothing was done. To do it, add --yes"

// teamsSettings are what teams needs for what whoever runs the machine asks of it.
func teamsSettings(s *site.Site, data string) (teams.Config, error) {
	now, err := site.Clock(data)
	if err != nil {
		return teams.Config{}, err
	}
	return teams.Config{DatabaseURL: s.Address("teams"), KeyFile: filepath.Join(data, "keys", "vault-keys.json"), Clock: now}, nil
}
