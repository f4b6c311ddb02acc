package session

import (
	"io"
	"os/exec"
	"strconv"
	"syscall"
)

// guardScript waits for a line or the end of its input. The input ends without
// a line when the process that started it was killed: then it ends the session
// that its argument leads, twice over, for a process may just have forked.
// In a line of /proc/PID/stat the session is the fourth word after the command.
const guardScript = `
read -r line && exit 0
for round in 1 2; do
	for stat in /proc/[0-9]*/stat; do
		read -r line 2>/dev/null <"$stat" || continue
		pid=${stat#/proc/}
		session=$1
		set -- ${line##*) }
		[ "$4" = "$session" ] && kill -9 "${pid%/stat}" 2>/dev/null
		set -- "$session"
	done
done`

// guard ends the session that pid leads if this process is killed: its plugins
// would notice minutes later only. The returned function calls it off.
func guard(pid int) (callOff func(), err error) {
	cmd := exec.Command("sh", "-c", guardScript, "guard", strconv.Itoa(pid))
	// A session of its own: a Ctrl-C on the terminal is not meant for it.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	line, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return func() {
		_, _ = io.WriteString(line, "done\n")
		_ = cmd.Wait()
	}, nil
}
