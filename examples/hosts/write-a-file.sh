# Ends with 0 when 64 KiB can be written to a folder and are safely on its disk: write-a-file.sh FOLDER
file="$1/faultline-example.$$"
dd if=/dev/zero of="$file" bs=64k count=1 conv=fsync 2>/dev/null
written=$?
rm -f "$file"
exit $written
