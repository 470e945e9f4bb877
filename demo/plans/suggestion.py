"""Suggestions and complaints of the demo."""

from demo.moves import Given, Plan, act, answer, ask, review


def says(category: str, title: str, content: str, *, anonymous: bool = False) -> Given:
    """Return the fields of a suggestion."""
    return {"category": category, "title": title, "content": content, "anonymous": anonymous}


ADOPTED = review(
    20,
    60,
    "reply",
    "您的建议很有价值，本庭已要求书记员在开庭三日前以短信提醒，感谢您的监督。",
    {"result": "adopted"},
)
EXPLAINED = review(30, 80, "reply", "案件已于上月排期，因对方当事人申请延期而调整，新的开庭时间已通过电子送达告知，请查收。", {"result": "explained"})  # fmt: skip
PASSED_ON = review(8, 30, "reply", "您反映的扫码排队问题已转诉讼服务中心处理，由其直接与您联系。", {"result": "passed_on", "passed_to": "诉讼服务中心"})  # fmt: skip
REFUSED = review(10, 40, "not_accept", "对证据采信的意见请在庭审或者上诉中提出，不属于意见建议的受理范围。", {"ground": "in_proceedings"})  # fmt: skip

SUGGESTIONS = (
    Plan(0.4, "tried.0", says("progress", "请提前告知合议庭成员", "开庭在即，尚未收到合议庭组成人员告知书，建议与传票一并送达。")),
    Plan(1, "tried.1", says("conduct", "庭前会议提问语气生硬", "庭前会议中多次打断代理人发言，希望改进。", anonymous=True)),
    Plan(2, "judged.0", says("platform", "电子卷宗下载经常超时", "判决书附件超过20兆时下载中断，建议支持分段下载。"), by="defence"),
    Plan(3, "tried.3", says("judge", "承办法官长期不接电话", "三周内多次致电未接，留言亦未回复，请督促。"), by="defence"),
    Plan(4, "searched.1", says("other", "建议公开调查令样式", "建议在诉讼服务网公布调查令申请书样式，便于律师准备。"), (act(4, 20, "hand_over", lambda one: {
        "colleague": str(one.cast.people["judge2"].person), "note": "涉及样式公布，请民二庭一并研究。"}),)),
    Plan(6, "tried.2", says("progress", "希望尽快安排鉴定", "鉴定申请已提交两周，请告知进展。"), (ask(10, 30, "鉴定机构已同意接受委托，请尽快移送材料。"), answer(4, 20, "材料已移送，请等待通知。"))),
    Plan(9, "judged.1", says("counter", "窗口排队时间过长", "上午立案窗口排队超过一小时，建议增设自助终端。"), (PASSED_ON,)),
    Plan(12, "judged.3", says("progress", "开庭提醒", "建议开庭前三日再次短信提醒，避免遗漏。", anonymous=True), (ADOPTED,)),
    Plan(15, "tried.4", says("conduct", "调解时间安排", "建议调解安排在工作日傍晚，方便当事人请假。"), (EXPLAINED,), by="plaintiff"),
    Plan(20, "judged.4", says("other", "对证据认定有意见", "对考勤记录的认定有异议，请重新考虑。"), (REFUSED,)),
    Plan(18, "judged.5", says("judge", "庭审中未允许发表意见", "法庭辩论阶段未给予足够时间，要求说明。"), (
        review(60, 120, "reply", "经调阅庭审录像，合议庭在辩论终结前已征询各方最后意见。对您反映的时间分配问题，已与承办法官谈话提醒。", {"result": "partly"}),)),
    Plan(5, "", says("docketing", "网上立案审查时间长", "提交材料已七日，仍显示待审查，请督促。")),
    Plan(22, "", says("enforcement", "执行款发放慢", "执行款到账后二十日仍未发放，请说明原因。")),
    Plan(30, "", says("platform", "希望支持手机拍照上传", "建议支持手机直接拍照上传证据材料。"), (ADOPTED,)),
)  # fmt: skip
