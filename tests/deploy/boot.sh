# boot.sh ROOT: become a systemd over this machine's root file system, with a network, processes and /run of its own. Whatever it
# changes lies in memory and is gone with it. To be run by unshare, with /mnt free; ROOT is this project, with its environment.
set -eu
mount --make-rprivate /
memory=/mnt new=/mnt/root
mount -t tmpfs -o mode=755 tmpfs "$memory"

over() {  # over BELOW PLACE NAME: BELOW is seen at PLACE, and may be changed there
    mkdir -p "$memory/$3/upper" "$memory/$3/work" "$2"
    mount -t overlay -o "lowerdir=$1,upperdir=$memory/$3/upper,workdir=$memory/$3/work" overlay "$2"
}
over / "$new" whole

mount -t proc proc "$new/proc"
mount --bind "$new/proc/sys" "$new/proc/sys"
mount -o remount,bind,ro "$new/proc/sys"
mount -t sysfs -o ro sysfs "$new/sys"
mount -t cgroup2 cgroup2 "$new/sys/fs/cgroup"
for place in run tmp dev; do mount -t tmpfs -o mode=755 tmpfs "$new/$place"; done
chmod 1777 "$new/tmp"
for name in null zero full random urandom tty; do
    touch "$new/dev/$name"
    mount --bind "/dev/$name" "$new/dev/$name"
done
mkdir -m 1777 "$new/dev/pts" "$new/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$new/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$new/dev/shm"
ln -s pts/ptmx "$new/dev/ptmx"
ln -s /proc/self/fd "$new/dev/fd"
ip link set lo up

# The project twice, as git clone and make install leave it: its environment knows the folder, and runs on the system's Python.
for folder in benchside-1 benchside-2; do
    home="$new/opt/$folder"
    over "$1" "$home" "$folder"
    rm -f "$home"/.venv/bin/python*
    ln -s /usr/bin/python3 "$home/.venv/bin/python"
    sed -i 's#^home = .*#home = /usr/bin#' "$home/.venv/pyvenv.cfg"
    sed -i "s#$1#/opt/$folder#g" "$home/.venv/bin/benchside" "$home"/.venv/lib/python3*/site-packages/*benchside*.pth
done

# PostgreSQL as its package leaves it.
rm -rf "$new/etc/postgresql/15/main" "$new/var/lib/postgresql/15/main"

# Nothing that this machine does by the clock, or serves, is done or served here.
rm -rf "$new"/etc/systemd/system/*.wants
ln -sf /dev/null "$new/etc/systemd/system/systemd-timesyncd.service"

mkdir -p "$new/mnt/old"
cd "$new"
pivot_root . mnt/old
umount -l /mnt/old
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    setpriv --bounding-set=-sys_module,-sys_time,-sys_rawio,-sys_boot,-wake_alarm \
    /lib/systemd/systemd --unit=multi-user.target --show-status=false
