"""What a certificate is asked for."""

PURPOSES = {
    "enforcement": ("申请执行", "Enforcement"), "register": ("办理登记", "A register"), "abroad": ("境外使用", "Use abroad"), "other": ("其他", "Other"),
}  # fmt: skip
