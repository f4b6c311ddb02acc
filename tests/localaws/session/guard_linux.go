package session

import (
	"io"
	"os/exec"
	"strconv"
	"syscall"
)

// guardScript is told what to guard in a line, and then waits for another line
// or the end of its input. The input ends without a line when the process that
// started it was killed: then it ends the session of that pid, twice over, for a
// process may just have forked.
// In a line of /proc/PID/stat the session is the fourth word after the command.
const guardScript = `
read -r session || exit 0
read -r line && exit 0
for round in 1 2; do
	for stat in /proc/[0-9]*/stat; do
		read -r line 2>/dev/null <"$stat" || continue
		pid=${stat#/proc/}
		set -- ${line##*) }
		[ "$4" = "$session" ] && kill -9 "${pid%/stat}" 2>/dev/null
	done
done`

// guardian ends a session if this process is killed: the session's plugins
// would notice minutes later only. It stands ready before there is a session,
// so that no moment is left in which a kill would go unnoticed.
type guardian struct {
	cmd  *exec.Cmd
	line io.WriteCloser
}

func newGuardian() (*guardian, error) {
	cmd := exec.Command("sh", "-c", guardScript)
	// A session of its own: a Ctrl-C on the terminal is not meant for it.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	line, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	return &guardian{cmd, line}, cmd.Start()
}

// guard begins to guard the session that pid leads.
func (g *guardian) guard(pid int) error {
	_, err := io.WriteString(g.line, strconv.Itoa(pid)+"\n")
	return err
}

// callOff ends the guarding, whether or not it has begun.
func (g *guardian) callOff() {
	_, _ = io.WriteString(g.line, "done\n")
	_ = g.line.Close()
	_ = g.cmd.Wait()
}
